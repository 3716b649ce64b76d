"""What the kiosk changes in Textual itself, each with its reason; the only place where that is done.

Written against Textual 8.2.8, which `pyproject.toml` pins: `tests/screens/test_textual_patches.py` fails for any other
version, so that somebody looks whether each patch is still needed and still fits.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextvars import Context, copy_context
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from textual._compositor import Compositor, CompositorUpdate
from textual._context import active_app, active_message_pump, visible_screen_stack
from textual._styles_cache import StylesCache
from textual.app import App
from textual.color import Color
from textual.driver import Driver
from textual.drivers import linux_driver
from textual.events import Event, MouseUp, Resize, ScreenResume
from textual.filter import LineFilter
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.style import Style
from textual.worker import WorkerFailed

from screens.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")

VERSION = "8.2.8"
"""The version of Textual that these patches were written for."""

DRAWING = ("render_update", "get_style_at", "get_widget_and_offset_at")
"""The methods of `Compositor` that note which screens lie beneath the one that they draw."""


def apply() -> None:
    """Patch Textual; called once, before the first app is made. A second call changes nothing."""
    if StylesCache.get_inner_outer is _inner_and_outer:
        return
    # As Textual has it, the cache counts the `StylesCache` of a widget as a part of the key: up to 1,024 of them are
    # kept with all their drawn lines after the widgets are gone.
    StylesCache.get_inner_outer = _inner_and_outer  # type: ignore[method-assign, assignment]
    # As Textual has it, the list of screens beneath stays in the context in which something was drawn. Each task that
    # is begun there inherits it, so that a screen that was left lives as long as any of them: a timer of home, the
    # connection to the service.
    for name in DRAWING:
        setattr(Compositor, name, _forgetting_screens(getattr(Compositor, name)))
    # As Textual has it, the task of a widget remembers, for as long as it runs, which one began it. A screen that
    # appears lays out home beneath it too: the scrollbar that home's list needs then, and keeps, keeps that screen.
    MessagePump._start_messages = _on_its_own(MessagePump._start_messages)  # type: ignore[method-assign, assignment]
    # As Textual has it, all styles of a screen that is shown again are computed anew, although only a change of the
    # stylesheets, such as another theme, can have made them stale.
    Screen._on_screen_resume = _resuming(Screen._on_screen_resume)  # type: ignore[method-assign, assignment]
    # As Textual has it, a screen fits itself and those beneath it to any size that it hears of. Once two sizes are on
    # their way, as after two quick changes of a window, each lays a screen beneath out anew and is told to it again,
    # in turns and for ever.
    Screen._on_resize = _fitting_once(Screen._on_resize)  # type: ignore[method-assign, assignment]
    # As Textual has it, what is drawn goes through a queue of 30 texts, and the event loop waits for room in it: for
    # ever, where a terminal is not read, or was closed.
    linux_driver.WriterThread = Writer  # type: ignore[attr-defined, assignment]


def context_of_app() -> Context:
    """Return a context for what outlives the screen that began it.

    As Textual has it, a task inherits the screen as the one that handles messages, and hands it on to all that it
    opens: a connection to the service that is kept alive would keep the screen alive.
    """
    return _context_of(active_app.get())


async def mount_ahead(app: App[Any], screen: Screen[Any]) -> None:
    """Mount, lay out and draw an installed screen before it is shown; Textual itself does all of it then."""
    _, mounted = app._get_screen(screen)
    await mounted
    # Its styles are fresh: without this `_resuming` would have all of them computed again at the first scan.
    screen._css_update_count = app._css_update_count
    screen._refresh_layout(app.size)
    screen.call_later(_draw_ahead, screen)  # behind what the layout sends: it may give the screen another class


def _draw_ahead(screen: Screen[Any]) -> None:
    """Draw for nobody, which fills the caches of styles, lines and control sequences."""
    # A scan was faster: the screen is shown and draws itself.
    if screen.is_current:
        return
    screen._refresh_layout(screen.app.size)
    screen._update_timer.resume()  # its first tick is a whole period late, each later one is at once
    drawn = cast("CompositorUpdate | None", screen._compositor.render_update(full=True))
    if drawn is not None:
        drawn.render_segments(screen.app.console)


def end_at_once(app: App[Any], error: Exception, return_code: int) -> None:
    """End after an error that nobody foresaw, without the traceback that Textual itself prints on the terminal."""
    app._return_code = return_code
    # As Textual does: errors after the first one may come from the closing.
    if app._exception is None:
        app._exception = error
        app._exception_event.set()
    app._close_messages_no_wait()


def tell_error(app: App[Any], error: Exception) -> None:
    """Have an app handle an error that came up outside its messages."""
    app._handle_exception(error)


def cause_of(error: Exception) -> BaseException:
    """Return what went wrong: an error in a worker comes in one of Textual's that has no traceback."""
    return error.error if isinstance(error, WorkerFailed) else error


def is_closing(app: App[Any]) -> bool:
    """Tell whether an app is being taken apart, or was asked to end."""
    return app._exit or app._closing or (app._is_mounted and not app._running)


def driver_of(app: App[Any]) -> Driver | None:
    """Return what the app uses the terminal by; None before it runs."""
    return app._driver


def filter_lines(app: App[Any], line_filter: LineFilter) -> None:
    """Let every line that an app draws from now on pass a filter."""
    app._filters.append(line_filter)


def shows_whole_frames(app: App[Any]) -> bool:
    """Tell whether the terminal shows a frame only once all of it was drawn (mode 2026)."""
    return app._sync_available


def forget_tapped(app: App[Any], event: Event) -> None:
    """Let go of the widget that this lifting finger tapped: Textual itself keeps it, and its screen, until the next."""
    if isinstance(event, MouseUp):
        app._mouse_down_widget = None


def _inner_and_outer(_cache: StylesCache, base_background: Color, background: Color) -> tuple[Style, Style]:
    return _styles_of(base_background, background)


@lru_cache(1024)
def _styles_of(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)


def _forgetting_screens(draw: Callable[P, T]) -> Callable[P, T]:
    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return draw(*args, **kwargs)
        finally:
            visible_screen_stack.get([]).clear()

    return drawn


def _on_its_own(start: Callable[[MessagePump], None]) -> Callable[[MessagePump], None]:
    @wraps(start)
    def started(pump: MessagePump) -> None:
        _context_of(pump).run(start, pump)

    return started


def _context_of(pump: MessagePump) -> Context:
    context = copy_context()
    context.run(active_message_pump.set, pump)
    return context


def _fitting_once(
    fit: Callable[[Screen[Any], Resize], Coroutine[Any, Any, None]],
) -> Callable[[Screen[Any], Resize], Coroutine[Any, Any, None]]:
    @wraps(fit)
    async def fitted(screen: Screen[Any], event: Resize) -> None:
        if event.size == screen.app.size:
            await fit(screen, event)

    return fitted


def _resuming(resume: Callable[[Screen[Any], ScreenResume], None]) -> Callable[[Screen[Any], ScreenResume], None]:
    @wraps(resume)
    def resumed(screen: Screen[Any], event: ScreenResume) -> None:
        event.refresh_styles = screen._css_update_count != screen.app._css_update_count
        resume(screen, event)
        screen._css_update_count = screen.app._css_update_count

    return resumed

"""What a bare Textual app costs: one Input, and on Enter a screen with one Label."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Input, Label


class NextScreen(Screen[None]):
    BINDINGS = [("escape", "app.pop_screen", "Back")]  # noqa: RUF012 - Textual declares it

    def compose(self) -> ComposeResult:
        yield Label("The next screen")


class BareApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Input(placeholder="Scan the parcel")

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.input.clear()
        self.push_screen(NextScreen())


if __name__ == "__main__":
    BareApp().run()

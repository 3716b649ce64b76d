MISSING = ""


def through_a_window(seed: int, count: int) -> list[str]:
    return []

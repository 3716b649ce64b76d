"""Calls to Pitney Bowes: the only package that imports httpx. Knows no journal, no flow and no screen."""

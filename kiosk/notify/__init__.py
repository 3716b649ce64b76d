"""Notices to recipients: how they read, when they may go out, and how they are delivered by mail and webhook."""

"""Values in, messages out: widgets that know no service, no screen and no app."""

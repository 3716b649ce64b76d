"""Several desks and one view: what goes to the centre, a PostgreSQL server, and what is heard from it."""

"""A project's page: all that is known of one project, with where it came from."""

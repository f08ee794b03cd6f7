"""The command line: works on folders and files alone, with no site and no database."""

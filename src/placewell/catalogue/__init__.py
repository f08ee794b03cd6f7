"""The services as data: one folder of TOML files for each, and no code."""

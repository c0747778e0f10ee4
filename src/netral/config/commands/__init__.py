"""One module per subcommand of `netral`; see `netral.config.cli`."""

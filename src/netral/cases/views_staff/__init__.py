"""Cases on the officers' site, one module a step; `forms` and `services` have the same names."""

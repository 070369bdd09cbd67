"""Where in the Compact ISCMs can engage."""

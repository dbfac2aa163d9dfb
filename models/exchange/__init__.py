"""County and unit packages: format, build, plan, merge."""

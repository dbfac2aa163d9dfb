"""Elements to lines and pages, painted by Qt."""

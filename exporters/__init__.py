"""Documents and workbooks."""

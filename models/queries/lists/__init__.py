"""Lists of records: columns, cells, search, filters and order, all done by SQL."""

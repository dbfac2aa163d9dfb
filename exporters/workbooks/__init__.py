"""One file a ledger: records to .xlsx."""

"""The data folder: engine, migrations, attachments, backup, lock."""

"""All commands in the order the help lists them. A new command is one more row in its room's table."""

from gui.commands import backups, data, documents, ledgers, package, reading, returning, reviewing
from gui.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    *data.COMMANDS[:-1],
    *documents.COMMANDS,
    *ledgers.COMMANDS,
    *package.COMMANDS,
    *reading.COMMANDS,
    *returning.COMMANDS,
    *reviewing.COMMANDS,
    *backups.COMMANDS,
    *data.COMMANDS[-1:],
)

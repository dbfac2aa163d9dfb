"""All commands in the order the help lists them. A new command is one more row in its room's table."""

from gui.cli import data, documents, package, papers, survival
from gui.cli.command import Command

COMMANDS: tuple[Command, ...] = (
    *data.COMMANDS[:-1],
    *documents.COMMANDS,
    *papers.COMMANDS,
    *package.COMMANDS,
    *survival.COMMANDS,
    *data.COMMANDS[-1:],
)

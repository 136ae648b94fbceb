"""The trainer's pages: the board of a session, and the sheet on which evaluators mark. Never served to trainees."""

from kit.trainer.page import open_trainer as open_trainer
from kit.trainer.sheet import Sheet as Sheet

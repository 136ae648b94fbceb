"""The trainer's pages: the sheet on which evaluators mark what a machine cannot judge. Never served to trainees."""

from kit.trainer.sheet import Sheet as Sheet
from kit.trainer.sheet import open_trainer as open_trainer

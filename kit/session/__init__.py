"""Session: what a trainer plans - units, day, exercises, people or seats - and the folder that holds what follows.

`prepare` makes the seats of the practice session, for whoever comes. A session with a roster is made from a plan
(`kit.session.plan`) and a roster (`kit.session.roster`), and prepared by `kit.session.preparing`.
"""

from kit.session.folder import Session
from kit.session.practice import Plan, Progress, prepare

__all__ = ["Plan", "Progress", "Session", "prepare"]

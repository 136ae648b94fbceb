"""What people see and touch: the trainee's desk, made of widgets, served by Voila."""

from kit.ui.desk import Desk as Desk
from kit.ui.desk import open_desk as open_desk

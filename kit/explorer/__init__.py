"""The world explorer: draw a synthetic commune or province in a notebook, look at it, take its tables along."""

from kit.explorer.page import Explorer as Explorer
from kit.explorer.page import open_world as open_world

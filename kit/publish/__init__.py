"""Publishing: the folder of Voila apps, and the hardened server that shows it."""

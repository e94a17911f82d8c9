"""How search grows: 2.5 thousand to a million passages on one machine (``make bench-scale``)."""

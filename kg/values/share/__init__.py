"""``Percent``: a share of a whole, in percent: 49, ``"지분 49%"``, ``"up to 30 percent"``."""

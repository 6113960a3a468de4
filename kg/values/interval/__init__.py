"""What amounts, numbers, shares and quantities have in common: two bounds, each with its marks.

``side`` takes the tokens of one bound, ``sides`` sorts a text into one or two of them,
``bounds`` makes the interval. What the unit is (a currency, percent, metres) is up to the
value type.
"""

from __future__ import annotations

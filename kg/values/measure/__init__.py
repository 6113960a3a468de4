"""``Quantity``: a number with its unit: ``5GW``, ``약 1만 명``."""

"""What each kind of value says for itself: how it is read, explained, said again and spelled out.

One module for each kind, named after it; ``kg.values.kinds`` has the contract.
"""

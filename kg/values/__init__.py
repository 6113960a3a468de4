"""Value types: how a record may write an amount, a date, a name, and what that means.

``kg.values.registry`` lists the codecs; ``kg.values.codec`` is their contract.
"""

"""A slow, plain-Python calculation of the contract (records → visits → signals → stages → spells → figures).

It shares no line with the product and goes day by day, so that it can be read beside the contract
sentence by sentence. Tests compare the product's tables with it.
"""

"""One module for each SHACL library; each gives the same ``Result``s."""

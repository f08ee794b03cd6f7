"""The pages behind personal links, a file for each purpose: each gets the request, the link and its secret."""

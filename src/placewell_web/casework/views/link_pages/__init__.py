"""The pages behind personal links, one module for each purpose."""

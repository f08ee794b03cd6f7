"""Outcome payments: the ledger of what is payable, paid, over the cap and clawed back. Source: 002 §21."""

from placewell.payment.ledger import ledger, totals
from placewell.payment.terms import NoPaymentTerms, Terms, pays_for_outcomes, terms_of

__all__ = ["NoPaymentTerms", "Terms", "ledger", "pays_for_outcomes", "terms_of", "totals"]

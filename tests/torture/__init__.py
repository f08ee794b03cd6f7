"""The torture of the allocation ledger: eight processes press and are killed; nothing is lost, doubled or changed."""

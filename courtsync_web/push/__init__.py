"""Web push: who wants to be told what, the ledger of what is to be sent, and the sender."""

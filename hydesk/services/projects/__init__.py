"""The ledger's projects: facts edited one by one or in a block, the list and its changes, attachments, units."""

"""When matches will really begin: each court's day worked out from how it has gone so far."""

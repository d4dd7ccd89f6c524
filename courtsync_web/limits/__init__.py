"""How often anybody may ask: rates as data, buckets in memory or on Redis, one turnstile."""

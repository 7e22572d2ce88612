"""From a query to its look-alikes."""

"""The platform's domains, one Django app each. They read releases and never a patient record."""

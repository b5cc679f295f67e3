"""What the invented suppliers write and count."""

DEFAULT_PHRASE = "We look at this once a year and keep a short record."
COMMENT = "Our own suppliers told us so; we are asking them for details."

PHRASES = {
    "prf_legal_name": "{name}, registered in the company register",
    "prf_statement_link": "https://supplier.example/responsible-business",
    "prf_contact_role": "Quality manager, quality@supplier.example",
    "coc_reservations": "We cannot yet ask all our own suppliers for written proof. We do it in steps.",
    "coc_salient_measures": "We visit our most important suppliers, check pay records and plan orders early.",
    "coc_incident_detail": (
        "The inspectorate found unpaid overtime at one site. It was paid within a month, "
        "and the shift plan was changed."
    ),
    "coc_buyer_practice": "Late changes to orders lead to overtime. A fixed plan four weeks ahead helps.",
    "lab_child_remedy": "The young person went back to school, and we paid for the lost income.",
    "lab_deaths_detail": "A fall from a platform. Railings were put up, and the family was compensated.",
    "cm_help_text": "We need help to find out which of our parts hold these metals.",
    "cm_scope_text": "All articles that we deliver to this buyer.",
    "cm_b_url": "https://supplier.example/minerals",
    "cm_e_text": "We use our own form by e-mail.",
    "cm_auth_name": "Quality manager",
    "cm_auth_email": "quality@supplier.example",
}

# Lowest and highest figure an invented supplier gives; where nothing is listed, none.
FIGURES = {
    "lab_min_age": (16, 18),
    "lab_normal_hours": (37, 44),
    "lab_peak_hours": (44, 58),
    "lab_cba": (0, 100),
    "lab_injuries": (0, 3),
    "lab_complaints": (0, 6),
}

# What an invented supplier chooses where no choice is better than another.
USUAL = {"lab_norway_work": "no", "cm_start": "here", "cm_scope": "company"}

"""Create findings and ratings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "reference_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("edition", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("figures", JSON, nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reference_publication"),
    )
    op.create_index(
        "ix_reference_publication_source_id", "reference_publication", ["source_id"], unique=False
    )
    op.create_table(
        "rating_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_rating_settings_buyer_id_buyer"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rating_settings"),
        sa.UniqueConstraint("buyer_id", "version", name="uq_rating_settings_buyer_id_version"),
    )
    op.create_index("ix_rating_settings_buyer_id", "rating_settings", ["buyer_id"], unique=False)
    op.create_table(
        "rerating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.String(32), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_rerating_buyer_id_buyer"),
        sa.PrimaryKeyConstraint("id", name="pk_rerating"),
    )
    op.create_index("ix_rerating_buyer_id", "rerating", ["buyer_id"], unique=False)
    op.create_table(
        "rating_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("computed", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=255), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=255), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_rating_override_buyer_id_buyer"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_rating_override_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rating_override"),
    )
    op.create_index("ix_rating_override_buyer_id", "rating_override", ["buyer_id"], unique=False)
    op.create_index(
        "ix_rating_override_supplier_id", "rating_override", ["supplier_id"], unique=False
    )
    op.create_table(
        "subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("min_hourly_rate", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_subject_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_subject_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_subject"),
        sa.UniqueConstraint("supplier_id", "kind", "key", name="uq_subject_supplier_id_kind_key"),
    )
    op.create_index("ix_subject_buyer_id", "subject", ["buyer_id"], unique=False)
    op.create_index("ix_subject_supplier_id", "subject", ["supplier_id"], unique=False)
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trigger", sa.String(32), nullable=False),
        sa.Column("model_version", sa.String(length=32), nullable=False),
        sa.Column("settings_version", sa.String(length=32), nullable=False),
        sa.Column("reference_version", sa.String(length=1000), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("country_index", sa.Double(), nullable=False),
        sa.Column("category_index", sa.Double(), nullable=False),
        sa.Column("uplift", sa.Double(), nullable=False),
        sa.Column("inherent", sa.Double(), nullable=False),
        sa.Column("effectiveness", sa.Double(), nullable=False),
        sa.Column("residual", sa.Double(), nullable=False),
        sa.Column("inherent_band", sa.String(length=16), nullable=False),
        sa.Column("band", sa.String(length=16), nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("priority", sa.String(length=4), nullable=False),
        sa.Column("red_flags", JSON, nullable=False),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.Column("topics", JSON, nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=True),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_rating_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name="fk_rating_declaration_id_declaration"
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["rating.id"], name="fk_rating_previous_id_rating"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_rating_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rating"),
    )
    op.create_index("ix_rating_band", "rating", ["band"], unique=False)
    op.create_index("ix_rating_buyer_id", "rating", ["buyer_id"], unique=False)
    op.create_index("ix_rating_supplier_id_id", "rating", ["supplier_id", "id"], unique=False)
    op.create_table(
        "red_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("source_kind", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=255), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_by", sa.String(length=255), nullable=False),
        sa.Column("clear_reason", sa.Text(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_red_flag_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name="fk_red_flag_declaration_id_declaration"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_red_flag_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_red_flag"),
    )
    op.create_index("ix_red_flag_buyer_id", "red_flag", ["buyer_id"], unique=False)
    op.create_index("ix_red_flag_supplier_id", "red_flag", ["supplier_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=True),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.String(length=64), nullable=False),
        sa.Column("question_id", sa.String(length=128), nullable=False),
        sa.Column("rule", sa.Integer(), nullable=True),
        sa.Column("check_id", sa.String(length=64), nullable=False),
        sa.Column("areas", JSON, nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("red_flag", sa.Boolean(), nullable=False),
        sa.Column("flag_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("norms", JSON, nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("made_by", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_finding_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name="fk_finding_declaration_id_declaration"
        ),
        sa.ForeignKeyConstraint(["flag_id"], ["red_flag.id"], name="fk_finding_flag_id_red_flag"),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_finding_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint("public_id", name="uq_finding_public_id"),
    )
    op.create_index("ix_finding_buyer_id", "finding", ["buyer_id"], unique=False)
    op.create_index("ix_finding_declaration_id", "finding", ["declaration_id"], unique=False)
    op.create_index("ix_finding_flag_id", "finding", ["flag_id"], unique=False)
    op.create_index("ix_finding_severity", "finding", ["severity"], unique=False)
    op.create_index("ix_finding_supplier_id", "finding", ["supplier_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_finding_supplier_id", table_name="finding")
    op.drop_index("ix_finding_severity", table_name="finding")
    op.drop_index("ix_finding_flag_id", table_name="finding")
    op.drop_index("ix_finding_declaration_id", table_name="finding")
    op.drop_index("ix_finding_buyer_id", table_name="finding")
    op.drop_table("finding")
    op.drop_index("ix_red_flag_supplier_id", table_name="red_flag")
    op.drop_index("ix_red_flag_buyer_id", table_name="red_flag")
    op.drop_table("red_flag")
    op.drop_index("ix_rating_supplier_id_id", table_name="rating")
    op.drop_index("ix_rating_buyer_id", table_name="rating")
    op.drop_index("ix_rating_band", table_name="rating")
    op.drop_table("rating")
    op.drop_index("ix_subject_supplier_id", table_name="subject")
    op.drop_index("ix_subject_buyer_id", table_name="subject")
    op.drop_table("subject")
    op.drop_index("ix_rating_override_supplier_id", table_name="rating_override")
    op.drop_index("ix_rating_override_buyer_id", table_name="rating_override")
    op.drop_table("rating_override")
    op.drop_index("ix_rerating_buyer_id", table_name="rerating")
    op.drop_table("rerating")
    op.drop_index("ix_rating_settings_buyer_id", table_name="rating_settings")
    op.drop_table("rating_settings")
    op.drop_index("ix_reference_publication_source_id", table_name="reference_publication")
    op.drop_table("reference_publication")

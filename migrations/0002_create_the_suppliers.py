"""Create the suppliers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "supplier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("org_number", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("production_countries", JSON, nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("criticality", sa.String(32), nullable=True),
        sa.Column("spend", sa.Numeric(precision=16, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("channel", sa.String(32), nullable=True),
        sa.Column("size", sa.String(32), nullable=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("responsible_user_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(32), nullable=True),
        sa.Column("stage_reason", sa.Text(), nullable=False),
        sa.Column("stage_by", sa.String(length=255), nullable=False),
        sa.Column("stage_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_supplier_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["responsible_user_id"], ["user.id"], name="fk_supplier_responsible_user_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_supplier"),
        sa.UniqueConstraint("buyer_id", "key", name="uq_supplier_buyer_id_key"),
    )
    op.create_index("ix_supplier_buyer_id", "supplier", ["buyer_id"], unique=False)
    op.create_index("ix_supplier_name", "supplier", ["name"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("storage_key", sa.String(length=255), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_certificate_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_certificate_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
    )
    op.create_index("ix_certificate_buyer_id", "certificate", ["buyer_id"], unique=False)
    op.create_index("ix_certificate_supplier_id", "certificate", ["supplier_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=64), nullable=False),
        sa.Column("primary", sa.Boolean(), nullable=False),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_contact_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_contact_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sa.UniqueConstraint("supplier_id", "email", name="uq_contact_supplier_id_email"),
    )
    op.create_index("ix_contact_buyer_id", "contact", ["buyer_id"], unique=False)
    op.create_index("ix_contact_email", "contact", ["email"], unique=False)
    op.create_index("ix_contact_supplier_id", "contact", ["supplier_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_contact_supplier_id", table_name="contact")
    op.drop_index("ix_contact_email", table_name="contact")
    op.drop_index("ix_contact_buyer_id", table_name="contact")
    op.drop_table("contact")
    op.drop_index("ix_certificate_supplier_id", table_name="certificate")
    op.drop_index("ix_certificate_buyer_id", table_name="certificate")
    op.drop_table("certificate")
    op.drop_index("ix_supplier_name", table_name="supplier")
    op.drop_index("ix_supplier_buyer_id", table_name="supplier")
    op.drop_table("supplier")

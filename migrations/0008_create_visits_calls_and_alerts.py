"""Create visits, calls and alerts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "visit_intervals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("critical_years", sa.Integer(), nullable=False),
        sa.Column("high_years", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_visit_intervals_buyer_id_buyer"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_visit_intervals"),
        sa.UniqueConstraint("buyer_id", name="uq_visit_intervals_buyer_id"),
    )
    op.create_index("ix_visit_intervals_buyer_id", "visit_intervals", ["buyer_id"], unique=False)
    op.create_table(
        "on_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(32), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_on_duty_buyer_id_buyer"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_on_duty_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_on_duty"),
        sa.UniqueConstraint("user_id", "duty", name="uq_on_duty_user_id_duty"),
    )
    op.create_index("ix_on_duty_buyer_id", "on_duty", ["buyer_id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=True),
        sa.Column("planned_to", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("who", sa.String(length=255), nullable=False),
        sa.Column("result", sa.String(32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=255), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_visit_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_visit_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
    )
    op.create_index("ix_visit_buyer_id", "visit", ["buyer_id"], unique=False)
    op.create_index("ix_visit_done_on", "visit", ["done_on"], unique=False)
    op.create_index("ix_visit_supplier_id", "visit", ["supplier_id"], unique=False)
    op.create_table(
        "visit_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=128), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=255), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_visit_file_buyer_id_buyer"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name="fk_visit_file_visit_id_visit"),
        sa.PrimaryKeyConstraint("id", name="pk_visit_file"),
    )
    op.create_index("ix_visit_file_buyer_id", "visit_file", ["buyer_id"], unique=False)
    op.create_index("ix_visit_file_visit_id", "visit_file", ["visit_id"], unique=False)
    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_step", sa.String(length=255), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_call_buyer_id_buyer"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_call_contact_id_contact"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_call_invitation_id_invitation"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_call_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_call"),
    )
    op.create_index("ix_call_buyer_id", "call", ["buyer_id"], unique=False)
    op.create_index("ix_call_invitation_id", "call", ["invitation_id"], unique=False)
    op.create_index("ix_call_supplier_id", "call", ["supplier_id"], unique=False)
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("told", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_escalation_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_escalation_invitation_id_invitation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_escalation"),
        sa.UniqueConstraint("invitation_id", name="uq_escalation_invitation_id"),
    )
    op.create_index("ix_escalation_buyer_id", "escalation", ["buyer_id"], unique=False)
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("findings", JSON, nullable=False),
        sa.Column("told", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_alert_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name="fk_alert_declaration_id_declaration"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.UniqueConstraint("declaration_id", name="uq_alert_declaration_id"),
    )
    op.create_index("ix_alert_buyer_id", "alert", ["buyer_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_alert_buyer_id", table_name="alert")
    op.drop_table("alert")
    op.drop_index("ix_escalation_buyer_id", table_name="escalation")
    op.drop_table("escalation")
    op.drop_index("ix_call_supplier_id", table_name="call")
    op.drop_index("ix_call_invitation_id", table_name="call")
    op.drop_index("ix_call_buyer_id", table_name="call")
    op.drop_table("call")
    op.drop_index("ix_visit_file_visit_id", table_name="visit_file")
    op.drop_index("ix_visit_file_buyer_id", table_name="visit_file")
    op.drop_table("visit_file")
    op.drop_index("ix_visit_supplier_id", table_name="visit")
    op.drop_index("ix_visit_done_on", table_name="visit")
    op.drop_index("ix_visit_buyer_id", table_name="visit")
    op.drop_table("visit")
    op.drop_index("ix_on_duty_buyer_id", table_name="on_duty")
    op.drop_table("on_duty")
    op.drop_index("ix_visit_intervals_buyer_id", table_name="visit_intervals")
    op.drop_table("visit_intervals")

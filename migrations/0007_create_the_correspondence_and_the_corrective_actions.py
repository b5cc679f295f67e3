"""Create the correspondence and the corrective actions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "follow_up_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("correspondence_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_follow_up_reminder_buyer_id_buyer"
        ),
        sa.ForeignKeyConstraint(
            ["correspondence_id"],
            ["correspondence.id"],
            name="fk_follow_up_reminder_correspondence_id_correspondence",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up_reminder"),
        sa.UniqueConstraint(
            "correspondence_id",
            "due_on",
            "step",
            name="uq_follow_up_reminder_correspondence_id_due_on_step",
        ),
    )
    op.create_index(
        "ix_follow_up_reminder_buyer_id", "follow_up_reminder", ["buyer_id"], unique=False
    )
    op.create_index(
        "ix_follow_up_reminder_correspondence_id",
        "follow_up_reminder",
        ["correspondence_id"],
        unique=False,
    )
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("correspondence_id", sa.Integer(), nullable=False),
        sa.Column("by_supplier", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_remark_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["correspondence_id"],
            ["correspondence.id"],
            name="fk_remark_correspondence_id_correspondence",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_remark"),
    )
    op.create_index("ix_remark_buyer_id", "remark", ["buyer_id"], unique=False)
    op.create_index("ix_remark_correspondence_id", "remark", ["correspondence_id"], unique=False)
    op.create_table(
        "clarification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("correspondence_id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=128), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("conclusion", sa.String(32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name="fk_clarification_asked_by_id_user"
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_clarification_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["correspondence_id"],
            ["correspondence.id"],
            name="fk_clarification_correspondence_id_correspondence",
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name="fk_clarification_declaration_id_declaration",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clarification"),
        sa.UniqueConstraint("correspondence_id", name="uq_clarification_correspondence_id"),
    )
    op.create_index("ix_clarification_buyer_id", "clarification", ["buyer_id"], unique=False)
    op.create_index(
        "ix_clarification_declaration_id", "clarification", ["declaration_id"], unique=False
    )
    op.create_table(
        "remark_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_remark_file_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["remark.id"], name="fk_remark_file_remark_id_remark"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_remark_file"),
        sa.UniqueConstraint("storage_key", name="uq_remark_file_storage_key"),
    )
    op.create_index("ix_remark_file_buyer_id", "remark_file", ["buyer_id"], unique=False)
    op.create_index("ix_remark_file_remark_id", "remark_file", ["remark_id"], unique=False)
    op.create_table(
        "allegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("source_kind", sa.String(32), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("link", sa.String(length=1000), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("certainty", sa.String(32), nullable=False),
        sa.Column("involvement", sa.String(32), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=255), nullable=True),
        sa.Column("recorded_by", sa.String(length=255), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_allegation_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name="fk_allegation_finding_id_finding"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_allegation"),
        sa.UniqueConstraint("finding_id", name="uq_allegation_finding_id"),
        sa.UniqueConstraint("storage_key", name="uq_allegation_storage_key"),
    )
    op.create_index("ix_allegation_buyer_id", "allegation", ["buyer_id"], unique=False)
    op.create_table(
        "corrective_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("as_drafted", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("correspondence_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_corrective_action_buyer_id_buyer"
        ),
        sa.ForeignKeyConstraint(
            ["correspondence_id"],
            ["correspondence.id"],
            name="fk_corrective_action_correspondence_id_correspondence",
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name="fk_corrective_action_finding_id_finding"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name="fk_corrective_action_owner_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_corrective_action_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_corrective_action"),
        sa.UniqueConstraint("correspondence_id", name="uq_corrective_action_correspondence_id"),
        sa.UniqueConstraint("public_id", name="uq_corrective_action_public_id"),
    )
    op.create_index(
        "ix_corrective_action_buyer_id", "corrective_action", ["buyer_id"], unique=False
    )
    op.create_index(
        "ix_corrective_action_finding_id", "corrective_action", ["finding_id"], unique=False
    )
    op.create_index(
        "ix_corrective_action_owner_id", "corrective_action", ["owner_id"], unique=False
    )
    op.create_index("ix_corrective_action_state", "corrective_action", ["state"], unique=False)
    op.create_index(
        "ix_corrective_action_supplier_id", "corrective_action", ["supplier_id"], unique=False
    )
    op.create_table(
        "action_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("by_supplier", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["corrective_action.id"],
            name="fk_action_step_action_id_corrective_action",
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_action_step_buyer_id_buyer"),
        sa.PrimaryKeyConstraint("id", name="pk_action_step"),
    )
    op.create_index("ix_action_step_action_id", "action_step", ["action_id"], unique=False)
    op.create_index("ix_action_step_buyer_id", "action_step", ["buyer_id"], unique=False)
    op.create_table(
        "remedy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("group", sa.String(length=255), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("asked", sa.String(32), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("remedied_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=255), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["corrective_action.id"], name="fk_remedy_action_id_corrective_action"
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_remedy_buyer_id_buyer"),
        sa.PrimaryKeyConstraint("id", name="pk_remedy"),
    )
    op.create_index("ix_remedy_action_id", "remedy", ["action_id"], unique=False)
    op.create_index("ix_remedy_buyer_id", "remedy", ["buyer_id"], unique=False)
    op.create_table(
        "proof_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["corrective_action.id"],
            name="fk_proof_file_action_id_corrective_action",
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_proof_file_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["step_id"], ["action_step.id"], name="fk_proof_file_step_id_action_step"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proof_file"),
        sa.UniqueConstraint("storage_key", name="uq_proof_file_storage_key"),
    )
    op.create_index("ix_proof_file_action_id", "proof_file", ["action_id"], unique=False)
    op.create_index("ix_proof_file_buyer_id", "proof_file", ["buyer_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_proof_file_buyer_id", table_name="proof_file")
    op.drop_index("ix_proof_file_action_id", table_name="proof_file")
    op.drop_table("proof_file")
    op.drop_index("ix_remedy_buyer_id", table_name="remedy")
    op.drop_index("ix_remedy_action_id", table_name="remedy")
    op.drop_table("remedy")
    op.drop_index("ix_action_step_buyer_id", table_name="action_step")
    op.drop_index("ix_action_step_action_id", table_name="action_step")
    op.drop_table("action_step")
    op.drop_index("ix_corrective_action_supplier_id", table_name="corrective_action")
    op.drop_index("ix_corrective_action_state", table_name="corrective_action")
    op.drop_index("ix_corrective_action_owner_id", table_name="corrective_action")
    op.drop_index("ix_corrective_action_finding_id", table_name="corrective_action")
    op.drop_index("ix_corrective_action_buyer_id", table_name="corrective_action")
    op.drop_table("corrective_action")
    op.drop_index("ix_allegation_buyer_id", table_name="allegation")
    op.drop_table("allegation")
    op.drop_index("ix_remark_file_remark_id", table_name="remark_file")
    op.drop_index("ix_remark_file_buyer_id", table_name="remark_file")
    op.drop_table("remark_file")
    op.drop_index("ix_clarification_declaration_id", table_name="clarification")
    op.drop_index("ix_clarification_buyer_id", table_name="clarification")
    op.drop_table("clarification")
    op.drop_index("ix_remark_correspondence_id", table_name="remark")
    op.drop_index("ix_remark_buyer_id", table_name="remark")
    op.drop_table("remark")
    op.drop_index("ix_follow_up_reminder_correspondence_id", table_name="follow_up_reminder")
    op.drop_index("ix_follow_up_reminder_buyer_id", table_name="follow_up_reminder")
    op.drop_table("follow_up_reminder")

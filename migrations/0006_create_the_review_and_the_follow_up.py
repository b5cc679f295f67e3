"""Create the review and the follow-up."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"

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
        "public_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=128), nullable=False),
        sa.Column("answer", JSON, nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=255), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_public_answer_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_public_answer_invitation_id_invitation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_public_answer"),
    )
    op.create_index("ix_public_answer_buyer_id", "public_answer", ["buyer_id"], unique=False)
    op.create_index(
        "ix_public_answer_question", "public_answer", ["invitation_id", "question_id"], unique=False
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
    op.create_table(
        "answer_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=128), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("judged_by", sa.String(length=255), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_answer_judgement_buyer_id_buyer"
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name="fk_answer_judgement_declaration_id_declaration",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answer_judgement"),
    )
    op.create_index(
        "ix_answer_judgement_answer",
        "answer_judgement",
        ["declaration_id", "question_id"],
        unique=False,
    )
    op.create_index("ix_answer_judgement_buyer_id", "answer_judgement", ["buyer_id"], unique=False)
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
        "declaration_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_declaration_decision_buyer_id_buyer"
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name="fk_declaration_decision_declaration_id_declaration",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_declaration_decision"),
    )
    op.create_index(
        "ix_declaration_decision_buyer_id", "declaration_decision", ["buyer_id"], unique=False
    )
    op.create_index(
        "ix_declaration_decision_declaration_id",
        "declaration_decision",
        ["declaration_id"],
        unique=False,
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
        "file_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("shown", sa.String(32), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("read_by", sa.String(length=255), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name="fk_file_reading_attachment_id_attachment"
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_file_reading_buyer_id_buyer"),
        sa.PrimaryKeyConstraint("id", name="pk_file_reading"),
    )
    op.create_index(
        "ix_file_reading_attachment_id", "file_reading", ["attachment_id"], unique=False
    )
    op.create_index("ix_file_reading_buyer_id", "file_reading", ["buyer_id"], unique=False)
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
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_corrective_action_buyer_id_buyer"
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
    op.drop_index("ix_file_reading_buyer_id", table_name="file_reading")
    op.drop_index("ix_file_reading_attachment_id", table_name="file_reading")
    op.drop_table("file_reading")
    op.drop_index("ix_remark_file_remark_id", table_name="remark_file")
    op.drop_index("ix_remark_file_buyer_id", table_name="remark_file")
    op.drop_table("remark_file")
    op.drop_index("ix_declaration_decision_declaration_id", table_name="declaration_decision")
    op.drop_index("ix_declaration_decision_buyer_id", table_name="declaration_decision")
    op.drop_table("declaration_decision")
    op.drop_index("ix_clarification_declaration_id", table_name="clarification")
    op.drop_index("ix_clarification_buyer_id", table_name="clarification")
    op.drop_table("clarification")
    op.drop_index("ix_answer_judgement_buyer_id", table_name="answer_judgement")
    op.drop_index("ix_answer_judgement_answer", table_name="answer_judgement")
    op.drop_table("answer_judgement")
    op.drop_index("ix_alert_buyer_id", table_name="alert")
    op.drop_table("alert")
    op.drop_index("ix_remark_correspondence_id", table_name="remark")
    op.drop_index("ix_remark_buyer_id", table_name="remark")
    op.drop_table("remark")
    op.drop_index("ix_public_answer_question", table_name="public_answer")
    op.drop_index("ix_public_answer_buyer_id", table_name="public_answer")
    op.drop_table("public_answer")
    op.drop_index("ix_follow_up_reminder_correspondence_id", table_name="follow_up_reminder")
    op.drop_index("ix_follow_up_reminder_buyer_id", table_name="follow_up_reminder")
    op.drop_table("follow_up_reminder")
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

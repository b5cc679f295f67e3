"""Create the campaigns and their mail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "answer_validity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.String(length=64), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_answer_validity_buyer_id_buyer"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answer_validity"),
    )
    op.create_index("ix_answer_validity_buyer_id", "answer_validity", ["buyer_id"], unique=False)
    op.create_index(
        "ix_answer_validity_questionnaire",
        "answer_validity",
        ["buyer_id", "questionnaire_id"],
        unique=False,
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("reporting", sa.Boolean(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("reminder_plan", JSON, nullable=False),
        sa.Column("scope_rule", sa.Text(), nullable=False),
        sa.Column("launched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("launched_by", sa.String(length=255), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_campaign_buyer_id_buyer"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
    )
    op.create_index("ix_campaign_buyer_id", "campaign", ["buyer_id"], unique=False)
    op.create_table(
        "frozen_questionnaire",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("definition", JSON, nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_frozen_questionnaire_buyer_id_buyer"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_frozen_questionnaire"),
        sa.UniqueConstraint("buyer_id", "sha256", name="uq_frozen_questionnaire_buyer_id_sha256"),
    )
    op.create_index(
        "ix_frozen_questionnaire_buyer_id", "frozen_questionnaire", ["buyer_id"], unique=False
    )
    op.create_table(
        "published_questionnaire",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_published_questionnaire_buyer_id_buyer"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_published_questionnaire"),
        sa.UniqueConstraint(
            "buyer_id",
            "questionnaire_id",
            "version",
            name="uq_published_questionnaire_buyer_id_questionnaire_id_version",
        ),
    )
    op.create_index(
        "ix_published_questionnaire_buyer_id", "published_questionnaire", ["buyer_id"], unique=False
    )
    op.create_table(
        "questionnaire_translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_questionnaire_translation_buyer_id_buyer"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_questionnaire_translation"),
        sa.UniqueConstraint(
            "buyer_id",
            "questionnaire_id",
            "locale",
            name="uq_questionnaire_translation_buyer_id_questionnaire_id_locale",
        ),
    )
    op.create_index(
        "ix_questionnaire_translation_buyer_id",
        "questionnaire_translation",
        ["buyer_id"],
        unique=False,
    )
    op.create_table(
        "campaign_questionnaire",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("frozen_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_campaign_questionnaire_buyer_id_buyer"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_campaign_questionnaire_campaign_id_campaign"
        ),
        sa.ForeignKeyConstraint(
            ["frozen_id"],
            ["frozen_questionnaire.id"],
            name="fk_campaign_questionnaire_frozen_id_frozen_questionnaire",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_questionnaire"),
        sa.UniqueConstraint(
            "campaign_id", "position", name="uq_campaign_questionnaire_campaign_id_position"
        ),
    )
    op.create_index(
        "ix_campaign_questionnaire_buyer_id", "campaign_questionnaire", ["buyer_id"], unique=False
    )
    op.create_index(
        "ix_campaign_questionnaire_campaign_id",
        "campaign_questionnaire",
        ["campaign_id"],
        unique=False,
    )
    op.create_table(
        "not_asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_not_asked_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_not_asked_campaign_id_campaign"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_not_asked_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_not_asked"),
        sa.UniqueConstraint(
            "campaign_id", "supplier_id", name="uq_not_asked_campaign_id_supplier_id"
        ),
    )
    op.create_index("ix_not_asked_buyer_id", "not_asked", ["buyer_id"], unique=False)
    op.create_index("ix_not_asked_supplier_id", "not_asked", ["supplier_id"], unique=False)
    op.create_table(
        "correspondence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=255), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_correspondence_buyer_id_buyer"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_correspondence_contact_id_contact"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_correspondence_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_correspondence"),
        sa.UniqueConstraint("public_id", name="uq_correspondence_public_id"),
    )
    op.create_index("ix_correspondence_buyer_id", "correspondence", ["buyer_id"], unique=False)
    op.create_index("ix_correspondence_contact_id", "correspondence", ["contact_id"], unique=False)
    op.create_index(
        "ix_correspondence_supplier_id", "correspondence", ["supplier_id"], unique=False
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("locale_guessed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("sign_link_version", sa.Integer(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("context", JSON, nullable=False),
        sa.Column("about", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_kind", sa.String(32), nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signer_name", sa.String(length=255), nullable=False),
        sa.Column("signer_email", sa.String(length=320), nullable=False),
        sa.Column("signer_locale", sa.String(length=16), nullable=False),
        sa.Column("signature_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("referred_name", sa.String(length=255), nullable=False),
        sa.Column("referred_email", sa.String(length=320), nullable=False),
        sa.Column("referred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_invitation_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_invitation_campaign_id_campaign"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_invitation_contact_id_contact"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_invitation_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint(
            "campaign_id", "supplier_id", name="uq_invitation_campaign_id_supplier_id"
        ),
        sa.UniqueConstraint("public_id", name="uq_invitation_public_id"),
    )
    op.create_index("ix_invitation_buyer_id", "invitation", ["buyer_id"], unique=False)
    op.create_index("ix_invitation_campaign_id", "invitation", ["campaign_id"], unique=False)
    op.create_index("ix_invitation_contact_id", "invitation", ["contact_id"], unique=False)
    op.create_index("ix_invitation_state", "invitation", ["state"], unique=False)
    op.create_index("ix_invitation_supplier_id", "invitation", ["supplier_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("correspondence_id", sa.Integer(), nullable=True),
        sa.Column("template", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("context", JSON, nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=255), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=1000), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_message_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["correspondence_id"],
            ["correspondence.id"],
            name="fk_message_correspondence_id_correspondence",
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_message_invitation_id_invitation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("public_id", name="uq_message_public_id"),
    )
    op.create_index("ix_message_buyer_id", "message", ["buyer_id"], unique=False)
    op.create_index("ix_message_correspondence_id", "message", ["correspondence_id"], unique=False)
    op.create_index("ix_message_due", "message", ["state", "due_at"], unique=False)
    op.create_index("ix_message_invitation_id", "message", ["invitation_id"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_reminder_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_reminder_invitation_id_invitation"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_reminder_message_id_message"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("invitation_id", "step", name="uq_reminder_invitation_id_step"),
    )
    op.create_index("ix_reminder_buyer_id", "reminder", ["buyer_id"], unique=False)
    op.create_index("ix_reminder_invitation_id", "reminder", ["invitation_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_reminder_invitation_id", table_name="reminder")
    op.drop_index("ix_reminder_buyer_id", table_name="reminder")
    op.drop_table("reminder")
    op.drop_index("ix_message_invitation_id", table_name="message")
    op.drop_index("ix_message_due", table_name="message")
    op.drop_index("ix_message_correspondence_id", table_name="message")
    op.drop_index("ix_message_buyer_id", table_name="message")
    op.drop_table("message")
    op.drop_index("ix_invitation_supplier_id", table_name="invitation")
    op.drop_index("ix_invitation_state", table_name="invitation")
    op.drop_index("ix_invitation_contact_id", table_name="invitation")
    op.drop_index("ix_invitation_campaign_id", table_name="invitation")
    op.drop_index("ix_invitation_buyer_id", table_name="invitation")
    op.drop_table("invitation")
    op.drop_index("ix_correspondence_supplier_id", table_name="correspondence")
    op.drop_index("ix_correspondence_contact_id", table_name="correspondence")
    op.drop_index("ix_correspondence_buyer_id", table_name="correspondence")
    op.drop_table("correspondence")
    op.drop_index("ix_not_asked_supplier_id", table_name="not_asked")
    op.drop_index("ix_not_asked_buyer_id", table_name="not_asked")
    op.drop_table("not_asked")
    op.drop_index("ix_campaign_questionnaire_campaign_id", table_name="campaign_questionnaire")
    op.drop_index("ix_campaign_questionnaire_buyer_id", table_name="campaign_questionnaire")
    op.drop_table("campaign_questionnaire")
    op.drop_index("ix_questionnaire_translation_buyer_id", table_name="questionnaire_translation")
    op.drop_table("questionnaire_translation")
    op.drop_index("ix_published_questionnaire_buyer_id", table_name="published_questionnaire")
    op.drop_table("published_questionnaire")
    op.drop_index("ix_frozen_questionnaire_buyer_id", table_name="frozen_questionnaire")
    op.drop_table("frozen_questionnaire")
    op.drop_index("ix_campaign_buyer_id", table_name="campaign")
    op.drop_table("campaign")
    op.drop_index("ix_answer_validity_questionnaire", table_name="answer_validity")
    op.drop_index("ix_answer_validity_buyer_id", table_name="answer_validity")
    op.drop_table("answer_validity")

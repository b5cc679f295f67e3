"""Create the declarations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "screening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("frozen_id", sa.Integer(), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("context", JSON, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(length=255), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_screening_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["frozen_id"],
            ["frozen_questionnaire.id"],
            name="fk_screening_frozen_id_frozen_questionnaire",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_screening_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_screening"),
    )
    op.create_index("ix_screening_buyer_id", "screening", ["buyer_id"], unique=False)
    op.create_index("ix_screening_supplier_id", "screening", ["supplier_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=128), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=64), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_answer_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_answer_invitation_id_invitation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        sa.UniqueConstraint(
            "invitation_id", "question_id", name="uq_answer_invitation_id_question_id"
        ),
    )
    op.create_index("ix_answer_buyer_id", "answer", ["buyer_id"], unique=False)
    op.create_index("ix_answer_invitation_id", "answer", ["invitation_id"], unique=False)
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=128), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("locale_answered", sa.String(length=16), nullable=False),
        sa.Column("locale_signed", sa.String(length=16), nullable=False),
        sa.Column("signatory_name", sa.String(length=255), nullable=False),
        sa.Column("signatory_title", sa.String(length=255), nullable=False),
        sa.Column("signatory_role", sa.String(32), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_declaration_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_declaration_invitation_id_invitation"
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["declaration.id"], name="fk_declaration_supersedes_id_declaration"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_declaration_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_declaration"),
        sa.UniqueConstraint("public_id", name="uq_declaration_public_id"),
    )
    op.create_index("ix_declaration_buyer_id", "declaration", ["buyer_id"], unique=False)
    op.create_index("ix_declaration_invitation_id", "declaration", ["invitation_id"], unique=False)
    op.create_index("ix_declaration_supplier_id", "declaration", ["supplier_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=255), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=255), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_attachment_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name="fk_attachment_declaration_id_declaration"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_attachment_invitation_id_invitation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_buyer_id", "attachment", ["buyer_id"], unique=False)
    op.create_index("ix_attachment_declaration_id", "attachment", ["declaration_id"], unique=False)
    op.create_index("ix_attachment_invitation_id", "attachment", ["invitation_id"], unique=False)
    op.create_table(
        "flagged_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("flagged_by", sa.String(length=255), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_flagged_question_buyer_id_buyer"
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name="fk_flagged_question_declaration_id_declaration",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_flagged_question"),
        sa.UniqueConstraint(
            "declaration_id", "question_id", name="uq_flagged_question_declaration_id_question_id"
        ),
    )
    op.create_index("ix_flagged_question_buyer_id", "flagged_question", ["buyer_id"], unique=False)
    op.create_table(
        "returned_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("returned_by", sa.String(length=255), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_returned_declaration_buyer_id_buyer"
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name="fk_returned_declaration_declaration_id_declaration",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_returned_declaration"),
        sa.UniqueConstraint("declaration_id", name="uq_returned_declaration_declaration_id"),
    )
    op.create_index(
        "ix_returned_declaration_buyer_id", "returned_declaration", ["buyer_id"], unique=False
    )
    op.create_table(
        "text_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=128), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer.id"], name="fk_text_print_buyer_id_buyer"),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name="fk_text_print_declaration_id_declaration"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_text_print_supplier_id_supplier"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_text_print"),
    )
    op.create_index("ix_text_print_buyer_id", "text_print", ["buyer_id"], unique=False)
    op.create_index("ix_text_print_declaration_id", "text_print", ["declaration_id"], unique=False)
    op.create_index("ix_text_print_sha256", "text_print", ["sha256"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_text_print_sha256", table_name="text_print")
    op.drop_index("ix_text_print_declaration_id", table_name="text_print")
    op.drop_index("ix_text_print_buyer_id", table_name="text_print")
    op.drop_table("text_print")
    op.drop_index("ix_returned_declaration_buyer_id", table_name="returned_declaration")
    op.drop_table("returned_declaration")
    op.drop_index("ix_flagged_question_buyer_id", table_name="flagged_question")
    op.drop_table("flagged_question")
    op.drop_index("ix_attachment_invitation_id", table_name="attachment")
    op.drop_index("ix_attachment_declaration_id", table_name="attachment")
    op.drop_index("ix_attachment_buyer_id", table_name="attachment")
    op.drop_table("attachment")
    op.drop_index("ix_declaration_supplier_id", table_name="declaration")
    op.drop_index("ix_declaration_invitation_id", table_name="declaration")
    op.drop_index("ix_declaration_buyer_id", table_name="declaration")
    op.drop_table("declaration")
    op.drop_index("ix_answer_invitation_id", table_name="answer")
    op.drop_index("ix_answer_buyer_id", table_name="answer")
    op.drop_table("answer")
    op.drop_index("ix_screening_supplier_id", table_name="screening")
    op.drop_index("ix_screening_buyer_id", table_name="screening")
    op.drop_table("screening")

"""Create the review."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Create the tables."""
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


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_file_reading_buyer_id", table_name="file_reading")
    op.drop_index("ix_file_reading_attachment_id", table_name="file_reading")
    op.drop_table("file_reading")
    op.drop_index("ix_declaration_decision_declaration_id", table_name="declaration_decision")
    op.drop_index("ix_declaration_decision_buyer_id", table_name="declaration_decision")
    op.drop_table("declaration_decision")
    op.drop_index("ix_answer_judgement_buyer_id", table_name="answer_judgement")
    op.drop_index("ix_answer_judgement_answer", table_name="answer_judgement")
    op.drop_table("answer_judgement")
    op.drop_index("ix_public_answer_question", table_name="public_answer")
    op.drop_index("ix_public_answer_buyer_id", table_name="public_answer")
    op.drop_table("public_answer")

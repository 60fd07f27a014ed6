-- CreateTable
CREATE TABLE "IdempotentAct" (
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "outcome" JSONB NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotentAct_pkey" PRIMARY KEY ("actor","key")
);

-- CreateIndex
CREATE INDEX "IdempotentAct_at_idx" ON "IdempotentAct"("at");

'use client';
import { cn } from '#lib/cn';
import { formatBytes, formatMoney, formatNumber } from '#lib/format';
import { useFormat } from './format-context.tsx';

export function Num({ value, className }: { value: number; className?: string }) {
  return <span className={cn('tabular', className)}>{formatNumber(value, useFormat())}</span>;
}

export function Bytes({ value, className }: { value: number; className?: string }) {
  return <span className={cn('tabular', className)}>{formatBytes(value, useFormat())}</span>;
}

export function Money({
  amount,
  currency,
  className,
}: {
  amount: string;
  currency: string;
  className?: string;
}) {
  return <span className={cn('tabular', className)}>{formatMoney(amount, currency, useFormat())}</span>;
}

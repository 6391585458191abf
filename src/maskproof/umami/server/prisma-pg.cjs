// Loaded with `node -r` before Umami: gives Prisma's client a driver, so that no native engine is needed.
const prisma = require('@prisma/client');
const { PrismaPg } = require('@prisma/adapter-pg');

const Base = prisma.PrismaClient;

prisma.PrismaClient = class PrismaClient extends Base {
  constructor(options = {}) {
    super({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }), ...options });
  }
};

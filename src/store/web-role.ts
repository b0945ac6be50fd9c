/** The role that requests act as and policies bind: made by the migrations, it owns nothing. */
export const WEB_ROLE = 'bokbro_web';
